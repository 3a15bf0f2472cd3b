// Package cliargs takes a command line of ecflow_client apart exactly as the original does,
// which uses boost::program_options in its default style: "--name=value", "--name value ...",
// any beginning of a name that no other option shares, and "-x" for the few options that have
// a letter, joined as in "-dv". Words that no option takes are of no consequence.
//
// Which options there are, and how many words each takes, is handed in; what the words mean is
// for others to say.
package cliargs
