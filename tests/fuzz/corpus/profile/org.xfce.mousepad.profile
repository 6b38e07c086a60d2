# SPDX-License-Identifier: GPL-3.0-or-later
# Mousepad, the text editor of Xfce.
[Profile]
Name=Mousepad
App=org.xfce.mousepad;mousepad

[right-top]
Command=key Control+s
Label=Save

[right-middle]
Command=key Control+z
Label=Undo

[right-bottom]
Command=read-title
Label=Title
