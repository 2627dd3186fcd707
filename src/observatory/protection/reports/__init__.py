"""Reading dose reports: DICOM structured reports in, examinations out, and nothing of the patient.

A scanner reports what it irradiated in a tree of coded content items (PS3.16, TID 10001, 10011 and 10021). Identity
stands in the header *and* inside the tree, in names of observers and serial numbers of devices, so this room takes by
whitelist: a value that nobody here asks for is never read from the file.
"""
