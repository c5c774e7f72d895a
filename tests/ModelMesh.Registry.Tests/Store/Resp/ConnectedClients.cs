using ModelMesh.ServiceDefaults.Store.Resp;

namespace ModelMesh.Registry.Tests.Store.Resp;

/// <summary>How many connections a store has besides the one that asks.</summary>
/// <param name="Commands">Those that have no subscription.</param>
internal sealed record ConnectedClients(int Commands, int Subscriptions)
{
    public static async Task<ConnectedClients> AskAsync(RespConnection admin)
    {
        var self = $"id={(await admin.CallAsync(new WordsCommand("CLIENT", "ID"))).Number} ";
        var others = (await admin.CallAsync(new WordsCommand("CLIENT", "LIST"))).Text!
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(client => !client.StartsWith(self, StringComparison.Ordinal))
            .ToLookup(client => client.Contains(" sub=0 ", StringComparison.Ordinal));
        return new ConnectedClients(others[true].Count(), others[false].Count());
    }
}
