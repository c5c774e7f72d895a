using System.Net;

namespace ModelMesh.LocalHosting;

internal static class Loopback
{
    /// <summary>A number, because "localhost" may mean ::1 first, where nothing of ours listens.</summary>
    public const string Host = "127.0.0.1";

    public static IPEndPoint At(int port) => new(IPAddress.Loopback, port);
}
