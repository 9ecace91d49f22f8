"""`dialog verify`: anybody's own machine checks that a survey is what it was said to be."""
