%include <tail.h>
%include <nosuch.h>
