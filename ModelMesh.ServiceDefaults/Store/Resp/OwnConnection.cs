namespace ModelMesh.ServiceDefaults.Store.Resp;

/// <summary>
/// The connection of our own from session to session. One that is open stays, so that what was asked before a session's end is still answered after it; it is replaced when
/// it is broken, or does not answer. For one caller at a time.
/// </summary>
internal sealed class OwnConnection(RespSettings settings, TimeSpan limit, TimeProvider time) : IDisposable
{
    private const int MostUnansweredPings = 3;

    private RespConnection? _connection;
    private int _unansweredPings;
    private long _pingedAt;

    /// <summary>An open connection that has just answered.</summary>
    /// <exception cref="IOException">There is none.</exception>
    /// <exception cref="TimeoutException">It did not answer, or could not be opened in time.</exception>
    /// <exception cref="StoreRefusedException">The store does not want it.</exception>
    public async Task<RespConnection> ReadyAsync(CancellationToken cancellationToken)
    {
        if (_connection is { IsBroken: false } open)
        {
            try
            {
                await PingAsync(open);
                return open;
            }
            catch (TimeoutException) when (++_unansweredPings < MostUnansweredPings)
            {
                throw;
            }
            catch (Exception exception) when (exception is TimeoutException or IOException or StoreRefusedException)
            {
                // Another one may fare better.
            }
        }

        _connection?.Dispose();
        _connection = null;
        _connection = await RespHandshake.OpenAsync(settings, settings.ConnectTimeout < limit ? settings.ConnectTimeout : limit, time, cancellationToken);
        (_unansweredPings, _pingedAt) = (0, time.GetTimestamp());
        return _connection;
    }

    /// <summary>Pings, now and then: a server may close a connection that is not used, and what lies between may forget it.</summary>
    /// <exception cref="TimeoutException">It did not answer.</exception>
    public async Task KeepAliveAsync()
    {
        if (_connection is { IsBroken: false } open && time.GetElapsedTime(_pingedAt) >= settings.KeepAlive)
        {
            await PingAsync(open);
        }
    }

    public void Dispose() => _connection?.Dispose();

    private async Task PingAsync(RespConnection connection)
    {
        _pingedAt = time.GetTimestamp();
        await RespHandshake.PingAsync(connection).WaitAsync(limit, time, CancellationToken.None);
        _unansweredPings = 0;
    }
}
