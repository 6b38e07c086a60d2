# SPDX-License-Identifier: GPL-3.0-or-later
# Where recordings of real touches are, which are not the project's: sets recordings to $SIDETOUCH_RECORDINGS, or to
# ../shared/recordings beside the repository (its main work tree, when this is another). Sourced from the root.
# shellcheck shell=bash
recordings_top=$(git rev-parse --path-format=absolute --git-common-dir 2> /dev/null)
# shellcheck disable=SC2034 # the sourcing script's
recordings=${SIDETOUCH_RECORDINGS:-${recordings_top:+${recordings_top%/*}/}../shared/recordings}
