# SPDX-License-Identifier: GPL-3.0-or-later
# GNOME Calculator. Its buttons are found by their accessible names.
[Profile]
Name=GNOME Calculator
Name[zh_CN]=计算器
App=org.gnome.Calculator;gnome-calculator

[right-top]
Command=activate role=button name="5"
Label=Five
Label[zh_CN]=五
Hint=Types the digit five
Hint[zh_CN]=输入数字五

[right-middle]
Command=activate role=button name="+"
Label=Plus
Label[zh_CN]=加
Hint=Adds what comes next
Hint[zh_CN]=加上下一个数

[right-bottom]
Command=activate role=button name="="
Label=Equals
Label[zh_CN]=等于
Hint=Works the sum out
Hint[zh_CN]=算出结果
