// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// EventSourceError is declared together with EventSourceListener, whose error codes it carries.
#include "eventsourcelistener.h"
