"""The pages where trustees make and test their keys, and open what was sealed to them."""
