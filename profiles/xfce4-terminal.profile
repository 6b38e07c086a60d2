# SPDX-License-Identifier: GPL-3.0-or-later
# Xfce Terminal: the line at the cursor, the command before, and a way to end what runs.
[Profile]
Name=Xfce Terminal
Name[zh_CN]=终端
App=xfce4-terminal;org.xfce.terminal;xfce4-terminal-*

[right-top]
Command=key Up
Label=Command before
Label[zh_CN]=上一条命令
Confirm=single
Hint=Brings back what was typed last; again, what was typed before that
Hint[zh_CN]=取回上一条输入的命令，再按一次取回更早的

[right-middle]
Command=read-line
Label=Line
Label[zh_CN]=读这一行
Hint=Reads the line at the cursor
Hint[zh_CN]=朗读光标所在的一行

[right-bottom]
Command=key Return
Label=Run it
Label[zh_CN]=执行
Hint=Runs the command on the line
Hint[zh_CN]=执行这一行的命令

[right-top hold]
Command=key Control+Shift+v
Label=Paste
Label[zh_CN]=粘贴
Hint=Writes what was copied
Hint[zh_CN]=写入复制的内容

[right-bottom hold]
Command=key Control+c
Label=End what runs
Label[zh_CN]=中止
Hint=Ends the command that is running
Hint[zh_CN]=中止正在运行的命令
