using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Gateway.Diagnostics;

namespace ModelMesh.Gateway.Tests.Diagnostics;

public sealed class TokenGapTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MovedTime _time = new();
    private readonly List<double> _gaps = [];
    private MeterListener? _listener;

    [Fact]
    public void Gaps_AreFromWhenABatchHadGoneOutToTheNext_AndNotWhatTheClientHeldItUp()
    {
        var gap = new TokenGap(Metrics(), "chat", "v1", _time);
        Send(gap, heldUp: 5);
        _time.Seconds += 2;
        Send(gap, heldUp: 7);
        _time.Seconds += 3;
        Send(gap, heldUp: 0);

        Assert.Equal([2, 3], _gaps);
    }

    [Fact]
    public void Gaps_CostNoObjectABatch()
    {
        var gap = new TokenGap(Metrics(keep: false), "chat", "v1", _time);

        Allocated.IsNothing(() => Send(gap, heldUp: 1));
    }

    [Fact]
    public void Gaps_WhereNobodyWantsThem_AreNotMeasured()
    {
        var gap = new TokenGap(new GatewayMetrics(_services.GetRequiredService<IMeterFactory>()), "chat", "v1", _time);
        Send(gap, heldUp: 1);
        Send(gap, heldUp: 1);

        Assert.Equal(0, _time.Asked);
    }

    public void Dispose()
    {
        _listener?.Dispose();
        _services.Dispose();
    }

    private void Send(TokenGap gap, int heldUp)
    {
        gap.Sends();
        _time.Seconds += heldUp;
        gap.Sent();
    }

    private GatewayMetrics Metrics(bool keep = true)
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        var metrics = new GatewayMetrics(meters);
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "modelmesh.gateway.token_gap" && ReferenceEquals(instrument.Meter.Scope, meters))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) =>
        {
            if (keep)
            {
                _gaps.Add(seconds);
            }
        });
        _listener.Start();
        return metrics;
    }

    private sealed class MovedTime : TimeProvider
    {
        public long Seconds { get; set; } = 1;

        public int Asked { get; private set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp()
        {
            Asked++;
            return Seconds;
        }
    }
}
