// Package termtext prepares text for a terminal: it escapes what a terminal would act
// on, and measures the columns that text takes. It knows no terminal and no JavaScript.
package termtext
