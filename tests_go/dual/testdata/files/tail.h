echo %not touched%
