/** The variable in which a session's pod keeps what it was started with, in short. */
export const CONFIG_VARIABLE = 'GC_CITY_CONFIG'
