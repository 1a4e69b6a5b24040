"""The desk: what the leaflet asks beside checking. It never sees a draft."""
