// Filters, counts, order and CSV of a list, a timeline or an X-ray; their state lives in the address.
