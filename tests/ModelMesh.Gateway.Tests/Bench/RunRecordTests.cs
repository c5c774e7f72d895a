using ModelMesh.Bench.Compare.Load;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class RunRecordTests
{
    [Fact]
    public void Lateness_IsWhatAGapIsLongerThanPlanned_AndNothingWhereItIsShorter()
    {
        var record = new RunRecord();
        record.Between(TimeSpan.FromMilliseconds(1_003), TimeSpan.FromSeconds(1));
        record.Between(TimeSpan.FromMilliseconds(990), TimeSpan.FromSeconds(1));

        Assert.Equal((2, 0, 3), (record.Late.ToLatency().Count, record.Late.ToLatency().P50, record.Late.ToLatency().Max));
        Assert.Equal(1_003, record.Gap.ToLatency().Max);
    }

    [Fact]
    public void Lateness_OfTokensThatHaveNoTime_IsNotRecorded()
    {
        var record = new RunRecord();
        record.Between(TimeSpan.FromMilliseconds(3), TimeSpan.Zero);

        Assert.Equal((0, 1), (record.Late.ToLatency().Count, record.Gap.ToLatency().Count));
    }
}
