/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parts of a report that doctor does not have, made as checks are: each in a process of its
 * own, a line a finding.
 * Used by ctl/report.
 * Owns nothing.
 */
#ifndef SIDETOUCH_CTL_REPORT_PARTS_H
#define SIDETOUCH_CTL_REPORT_PARTS_H

#include "ctl/doctor.h"

doctor_check_fn report_versions, report_touchscreens, report_status, report_gestures;

#endif
