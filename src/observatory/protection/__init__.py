"""The system of radiological protection: dose quantities, weighting factors, limits, reference levels, dose registry.

Limits are for workers and the public, reference levels for the medians of facilities, effective dose for populations.
Each of the three is misread in print every week as something about one patient, so this room computes what they are
for and refuses the rest with the reason.
"""
