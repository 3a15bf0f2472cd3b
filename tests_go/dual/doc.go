// Package dual proves our server equal to the original: the same requests go to
// both, and after every one of them the same has to show. README.md tells what
// is compared, what the differences may be, and the language of the steps.
package dual
