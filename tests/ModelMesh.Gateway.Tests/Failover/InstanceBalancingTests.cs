using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Failover;

public sealed class InstanceBalancingTests
{
    [Theory]
    [InlineData("prefix_affinity", "", "always the same long beginning, then {0}")]
    [InlineData("consistent_hash", "user-{0}", "hi")]
    public async Task RequestsThatBelongTogether_GoToOneInstance_AndOthersSpread(string balancing, string hashKey, string input)
    {
        await using var first = await FakeRegistry.StartAsync("a");
        await using var second = await FakeRegistry.StartAsync("b");
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), [$"--Registry:Balancing={balancing}"], first, second);

        var instances = new HashSet<string?>();
        for (var group = 0; group < 20; group++)
        {
            var key = hashKey.Length == 0 ? "" : $",\"hash_key\":\"{string.Format(hashKey, group)}\"";
            var body = $$"""{"model":"chat","input":"{{group}} {{string.Format(input, group)}}"{{key}}}""";
            using var once = await gateway.InferAsync(body);
            using var again = await gateway.InferAsync(body);
            Assert.Equal(once.Header("x-modelmesh-instance"), again.Header("x-modelmesh-instance"));
            instances.Add(once.Header("x-modelmesh-instance"));
        }

        Assert.Equal(2, instances.Count);
    }
}
