using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>Tells an operator why the store has not been reached, once, unless it is reached first. Asked by one caller at a time.</summary>
internal sealed partial class FirstContact(StoreOptions options, TimeProvider time, ILogger logger)
{
    private const int MostTriesForAReason = 20;

    /// <summary>Whether the store was reached or the operator told, or will be.</summary>
    public bool IsOver { get; private set; }

    public void Succeeded() => IsOver = true;

    public void Failed(Exception exception)
    {
        IsOver = true;

        // Addresses only: the rest of the connection string may hold a password.
        var addresses = ConfigurationOptions.Parse(options.ConnectionString).EndPoints.Select(address => address switch
        {
            DnsEndPoint named => $"{named.Host}:{named.Port}",
            _ => address.ToString(),
        });
        NotReached(string.Join(", ", addresses), exception.GetBaseException().Message);
    }

    // The client says what is wrong with a connection only to who wants to use it, and for a moment after an attempt has failed not even then.
    public async Task TellWhyNotAsync(IDatabase database, CancellationToken stoppingToken)
    {
        IsOver = true;
        for (var attempt = 1; !stoppingToken.IsCancellationRequested; attempt++)
        {
            try
            {
                await database.PingAsync();
                return;
            }
            catch (Exception exception) when (StoreErrors.IsAway(exception))
            {
                if (exception.InnerException is not null || attempt == MostTriesForAReason)
                {
                    Failed(exception);
                    return;
                }
            }

            await Task.Delay(options.ProbeInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(EventId = 103, EventName = "StoreNotReached", Level = LogLevel.Warning, Message = "The store at {Addresses} has not been reached yet, and is tried on: {Reason}")]
    private partial void NotReached(string addresses, string reason);
}
