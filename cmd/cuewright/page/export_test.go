package page

// FileURL is for the tests in a browser, which serve recordings.
var FileURL = fileURL
