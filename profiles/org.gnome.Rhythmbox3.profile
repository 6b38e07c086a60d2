# SPDX-License-Identifier: GPL-3.0-or-later
# Rhythmbox, for music. Its actions and keys are the same in every language.
[Profile]
Name=Rhythmbox
Name[zh_CN]=音乐播放器
App=org.gnome.Rhythmbox3;rhythmbox

[right-top]
Command=action app.play-previous
Label=Track before
Label[zh_CN]=上一首
Hint=Plays the track before this one, or this one from its start
Hint[zh_CN]=播放上一首，或者从头播放这一首

[right-middle]
Command=action app.play-next
Label=Next track
Label[zh_CN]=下一首
Hint=Plays the next track
Hint[zh_CN]=播放下一首

[right-bottom]
Command=key Control+p
Label=Play or pause
Label[zh_CN]=播放或暂停
Hint=Begins to play, or pauses
Hint[zh_CN]=开始播放，或者暂停

[right-bottom hold]
Command=read-title
Label=What is playing
Label[zh_CN]=正在播放什么
Hint=Says which track it is
Hint[zh_CN]=说出正在播放的曲目
