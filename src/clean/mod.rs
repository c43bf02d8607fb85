//! Cleaning changes form, never words.
