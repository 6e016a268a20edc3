using AIaaS.Homomorphic.Ring.Words;

namespace AIaaS.Homomorphic.Tests.Ring;

public sealed class WordRingTests() : PrimeRingConformance((prime, degree) => new WordRing(prime, degree), maxBits: 60, minDegree: 16);
