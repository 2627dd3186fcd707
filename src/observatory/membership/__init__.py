"""Membership as rules with reasons: types, eligibility, fees, benefits, renewal. No tables of people, no clock."""
