namespace ModelMesh.Gateway.Cache.Flights;

/// <summary>What requests that may share an answer have in common.</summary>
/// <param name="Hash">The request's.</param>
/// <param name="Epoch">No request that comes after answers were cleared is given one from before.</param>
/// <param name="IsBackground">Whether its call makes room for others, which nobody with a priority of 0 or above has to wait for.</param>
internal readonly record struct FlightKey(string Hash, long Epoch, bool IsBackground);
