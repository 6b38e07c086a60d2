# SPDX-License-Identifier: GPL-3.0-or-later
# Chats, the messages of Phosh: what its own menus offer.
[Profile]
Name=Chats
Name[zh_CN]=短信
App=sm.puri.Chatty;chatty

[right-top hold]
Command=action win.new-chat
Label=New message
Label[zh_CN]=新消息
Hint=Begins a message; you choose next whom it is for
Hint[zh_CN]=开始一条消息，接着选择收件人

[right-middle hold]
Command=action win.show-archived
Label=Archived messages
Label[zh_CN]=已归档的消息

[right-bottom hold]
Command=action win.call-user
Label=Call this person
Label[zh_CN]=呼叫此人
Hint=Calls the one whose messages are open
Hint[zh_CN]=呼叫当前打开的消息的联系人
