"""The harmony network: what chord each half beat holds, from the chord network's heads, the notes and the bar."""
