# SPDX-License-Identifier: GPL-3.0-or-later
# What a profile for a web site looks like: that of the shop of tests/shop/server.py, in any browser.
[Profile]
Name=Tea shop
Site=localhost

[right-top]
Command=activate role=button name="Add to cart"
Label=Into the cart

[right-bottom]
Command=activate role=button name="Pay*"
Label=Pay
Hint=Pays for all that is in the cart
