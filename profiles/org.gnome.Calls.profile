# SPDX-License-Identifier: GPL-3.0-or-later
# GNOME Calls, the telephone of Phosh. Its buttons of a call have no names in Debian 12, so they are known by their place.
[Profile]
Name=Calls
Name[zh_CN]=通话
App=org.gnome.Calls;gnome-calls

[right-top hold]
Command=activate role=button path=1.0.0.0.0.3.1
Label=Answer
Label[zh_CN]=接听
Hint=Answers the call that comes in
Hint[zh_CN]=接听来电

[right-middle hold]
Command=activate role="radio button" name="Dial Pad"
Label=Dial pad
Label[zh_CN]=拨号盘
Hint=Goes to where a number is written
Hint[zh_CN]=转到输入号码的地方

[right-bottom hold]
Command=activate role=button path=1.0.0.0.0.3.0
Label=Hang up
Label[zh_CN]=挂断
Hint=Ends the call, or declines the one that comes in
Hint[zh_CN]=结束通话，或拒接来电

[right-top + right-middle]
Command=activate role=button name="Call that phone number"
Label=Call this number
Label[zh_CN]=呼叫此号码
Hint=Calls the number that is written on the dial pad
Hint[zh_CN]=呼叫拨号盘上输入的号码

[right-middle + right-bottom]
Command=toggle role="toggle button" path=1.0.0.0.0.2.0.5
Label=Microphone off
Label[zh_CN]=静音
Hint=The other side hears nothing, until it is pressed again
Hint[zh_CN]=对方听不到声音，直到再次按下
