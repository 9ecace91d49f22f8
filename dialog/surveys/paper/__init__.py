"""What is printed for those who answer: slips with a code, and the questions on paper."""
