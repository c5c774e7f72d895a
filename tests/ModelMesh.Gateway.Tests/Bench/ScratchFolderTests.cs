using ModelMesh.Bench.Compare.Contenders;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class ScratchFolderTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("modelmesh-scratch-test-");

    public void Dispose() => _parent.Delete(recursive: true);

    [Fact]
    public void Disposal_WithFilesInIt_RemovesAll()
    {
        using (var folder = new ScratchFolder(_parent.FullName))
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "store"));
            File.WriteAllText(Path.Combine(folder.FullName, "store", "log"), "");
            File.WriteAllText(Path.Combine(folder.FullName, "nginx.conf"), "");
        }

        Assert.Empty(_parent.EnumerateFileSystemInfos());
    }

    [Fact]
    public void NewOne_BesideOneWhoseProcessIsGone_RemovesIt()
    {
        var abandoned = _parent.CreateSubdirectory("modelmesh-bench-gone");
        File.WriteAllText(Path.Combine(abandoned.FullName, "bench.lock"), "");
        File.WriteAllText(Path.Combine(abandoned.FullName, "nginx.conf"), "");

        using var folder = new ScratchFolder(_parent.FullName);

        Assert.Equal([folder.FullName], _parent.EnumerateDirectories().Select(one => one.FullName));
    }

    [Fact]
    public void NewOne_BesideOneInUseAndOneOfOthers_LeavesBoth()
    {
        using var first = new ScratchFolder(_parent.FullName);
        File.WriteAllText(Path.Combine(first.FullName, "nginx.conf"), "");
        var other = _parent.CreateSubdirectory("modelmesh-bench-test-results");

        using var second = new ScratchFolder(_parent.FullName);

        Assert.True(File.Exists(Path.Combine(first.FullName, "nginx.conf")));
        Assert.True(Directory.Exists(other.FullName));
    }
}
