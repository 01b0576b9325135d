// Package assets holds what is shipped inside the program: fonts, translations, tables.
package assets
