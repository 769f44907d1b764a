/**
 * Prefix lengths of an AWS network's parts. A quarter of the range is a zone's: half of it for nodes and pods, and an eighth
 * kept for what comes later.
 */
export const subnetLengths = { range: 16, zone: 18, private: 19, public: 20, intra: 22 } as const;
