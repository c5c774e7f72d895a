using Google.Protobuf;
using Grpc.Core;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Registry.Wire;

/// <summary>
/// One <c>Infer</c> call over gRPC, written for its tokens: a call that waits holds no buffer, a token that was waited for costs one asynchronous step of ours instead of the general
/// client's five, and messages that arrive together are read at once. Fails as that one does, by <see cref="RpcException"/>,
/// but every connection that breaks is <c>Unavailable</c>. For one reader.
/// </summary>
internal sealed class InferCall : IDisposable
{
    private static readonly Task<bool> One = Task.FromResult(true);

    private readonly Task<HttpResponseMessage> _sent;
    private readonly CancellationTokenSource _stop;
    private readonly MessageBuffer _buffer;
    private HttpResponseMessage? _response;
    private Stream? _body;
    private Task<bool> _reading = One;
    private bool _isOver;

    /// <param name="http">Sends it.</param>
    /// <param name="address">Where the call is served.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="maxMessageBytes">A longer message fails the call as <c>ResourceExhausted</c>.</param>
    /// <param name="stop">Ends the call. It is cancelled by <see cref="Dispose"/> where the call has not ended.</param>
    public InferCall(HttpMessageInvoker http, Uri address, InferRequest request, int maxMessageBytes, CancellationTokenSource stop)
    {
        _stop = stop;
        _buffer = new MessageBuffer(maxMessageBytes);
        _sent = http.SendAsync(InferMessage.Of(address, request), stop.Token);
    }

    /// <summary>The event that was read last.</summary>
    public InferEvent Current { get; private set; } = new();

    /// <summary>Reads the next event; false at the end of a call that succeeded.</summary>
    /// <exception cref="RpcException">The call failed.</exception>
    public Task<bool> MoveNextAsync()
    {
        try
        {
            return _reading = TryTake() ? One : ReadAsync();
        }
        catch (RpcException exception)
        {
            return Task.FromException<bool>(exception);
        }
    }

    public void Dispose()
    {
        if (!_isOver)
        {
            _stop.Cancel();
        }

        _response?.Dispose();

        // A read that is under way may be filling it this moment: what is rented then is left to the garbage collector, since the next to rent it would find it written to.
        if (_reading.IsCompleted)
        {
            _buffer.Dispose();
        }

        if (_response is null)
        {
            _ = ForgetAsync(_sent);
        }
    }

    private async Task<bool> ReadAsync()
    {
        try
        {
            _body ??= await BeginAsync();
            while (!TryTake())
            {
#pragma warning disable CA2022 // A read of nothing completes when there is something, so that a call which waits needs no memory for it.
                _ = await _body.ReadAsync(Memory<byte>.Empty, _stop.Token);
#pragma warning restore CA2022
                var read = await _body.ReadAsync(_buffer.Space(), _stop.Token);
                _buffer.Filled(read);
                if (read == 0)
                {
                    return End();
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw CallStatus.Broken(exception, _stop.IsCancellationRequested);
        }
    }

    private async Task<Stream> BeginAsync()
    {
        _response = await _sent;
        CallStatus.RequireGrpc(_response);
        return await _response.Content.ReadAsStreamAsync(_stop.Token);
    }

    private bool TryTake()
    {
        if (!_buffer.TryTake(out var message))
        {
            return false;
        }

        try
        {
            Current = InferEvent.Parser.ParseFrom(message);
            return true;
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new RpcException(new Status(StatusCode.Internal, "A message is no event.", exception));
        }
    }

    private bool End()
    {
        _isOver = true;
        CallStatus.RequireSuccess(_response!);
        return _buffer.IsEmpty ? false : throw new RpcException(new Status(StatusCode.Internal, "The call ended within a message."));
    }

    private static async Task ForgetAsync(Task<HttpResponseMessage> sent)
    {
        await ((Task)sent).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (sent.IsCompletedSuccessfully)
        {
            (await sent).Dispose();
        }
    }
}
