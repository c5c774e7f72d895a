namespace ModelMesh.Scripts;

/// <summary>Prints each check as it is made, and the count at the end.</summary>
internal sealed class Checks
{
    private int _passed;
    private int _failed;
    private int _skipped;

    public void That(bool condition, string what, object? seen = null)
    {
        Console.WriteLine(condition ? $"  ok    {what}" : $"  FAIL  {what}; saw: {seen ?? "otherwise"}");
        _ = condition ? _passed++ : _failed++;
    }

    /// <summary>A check, or a group of them, that could not be made here.</summary>
    public void Skip(string what, string reason)
    {
        Console.WriteLine($"  skip  {what}: {reason}");
        _skipped++;
    }

    /// <summary>The process's exit code: 0 when nothing failed.</summary>
    public int Summary()
    {
        Console.WriteLine($"{_passed} passed, {_failed} failed" + (_skipped == 0 ? "" : $", {_skipped} skipped"));
        return _failed == 0 ? 0 : 1;
    }

    /// <summary>Runs a script's body: faults of use are one line and exit code 2.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> body)
    {
        try
        {
            return await body();
        }
        catch (ScriptException exception)
        {
            Console.Error.WriteLine($"error: {exception.Message}");
            return 2;
        }
    }
}
