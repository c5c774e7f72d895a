namespace ModelMesh.Registry.Secrets;

/// <summary>
/// Names of fields and query parameters that hold secrets, however they are written: <c>api_key</c>, <c>apiKey</c>, <c>X-API-Key</c>. Ends of names count
/// where nothing else ends so: <c>azure_api_key</c>, <c>client-secret</c>. A bare <c>token</c> counts, <c>tokens</c> and <c>eos_token</c> do not.
/// </summary>
internal static class SecretNames
{
    private static readonly string[] Whole = ["token", "pwd", "cookie"];

    // In a URL only: as a field, "key" is too ordinary.
    private static readonly string[] WholeInQuery = ["key", "sig", "signature"];

    private static readonly string[] Ends =
    [
        "apikey", "authkey", "secretkey", "accesskey", "privatekey", "subscriptionkey", "password", "passwd", "passphrase", "secret", "credential", "credentials",
        "authorization", "authtoken", "accesstoken", "bearertoken", "apitoken", "refreshtoken", "sessiontoken", "securitytoken", "hftoken",
    ];

    public static bool IsField(string name) => Holds(Bare(name), Whole);

    public static bool IsParameter(string name) => Bare(name) is var bare && (Holds(bare, Whole) || WholeInQuery.Contains(bare, StringComparer.Ordinal));

    private static bool Holds(string bare, string[] whole) =>
        whole.Contains(bare, StringComparer.Ordinal) || Array.Exists(Ends, end => bare.EndsWith(end, StringComparison.Ordinal));

    private static string Bare(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
