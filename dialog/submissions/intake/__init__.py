"""What comes on paper or by mail, taken in as letters that wait for the registrar."""
