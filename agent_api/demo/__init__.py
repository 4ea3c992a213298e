"""Invented data for a first look: people, bills, past calls. Nothing here is a real person or number in use.

What to try (subscriber n has the mobile number 139 + n with eight digits; n is 1 to 200):

| what | value |
|---|---|
| service password of every line, PIN of every IP card | 135790 |
| last six of the identity card | 081234; 08123X (keyed 08123*) when n ends in 0 |
| still the initial password | n = 36, 76, 116, 156, 196 |
| VIP, 65 or older | n ends in 4; n = 5, 14, 23, ... (every ninth) |
| English, language not known | n = 49, 99, 149, 199; n = 48, 98, 148, 198 |
| owes money; suspended for it | n ends in 2 or 7; n = 47, 52, 57, ..., 87 and 137, 142, ..., 177 |
| open tickets | among the callers of the last days; `hotline desk seed-demo` prints some |
| other lines | IP card 17910 + six digits (n = 11, 22, ...; 33, 66, ... expired), internet account 80 + eight digits |
| | (3, 6, ...), long distance 17909 + six digits (9, 18, ...), pager 191 + seven digits (17, 34, ...), |
| | local line area code + 8 + digits (5, 10, ...), e.g. 051280000005 |
| services that are on | caller display: n odd; international calls: 1, 5, 9, ...; roaming: 1, 9, 17, ... |
| top-up cards | 6600 + 0001 to 0012 + 12345678; odd ones 50 yuan, even ones 100, 0012 is past its day |
| dealers | 5001, 5002, password 246802, calling from 13600005001, 13600005002 |
| dealer's cards | 8986 + dealer + 0001 to 0006; odd ones are active |
| refused caller | 13888888888 |
"""
