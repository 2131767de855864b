"""What is said in quotation marks, and by whom: grammar over the text, no model inside."""
