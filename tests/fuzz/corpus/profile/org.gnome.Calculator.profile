# SPDX-License-Identifier: GPL-3.0-or-later
# GNOME Calculator. Its buttons are found by their accessible names.
[Profile]
Name=GNOME Calculator
App=org.gnome.Calculator;gnome-calculator

[right-top]
Command=activate role=button name="5"
Label=Five

[right-middle]
Command=activate role=button name="+"
Label=Plus

[right-bottom]
Command=activate role=button name="="
Label=Equals
