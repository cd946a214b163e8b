"""What each line of a page is, and whether the page has an article."""
