namespace ModelMesh.Backends.Sdk;

/// <summary>One fault of a model's settings.</summary>
/// <param name="Field">The field's name within <c>backend</c>.</param>
/// <param name="Message">What is wrong with it, and what would be right.</param>
public sealed record SettingsFault(string Field, string Message);

/// <summary>Settings that cannot work, with every fault listed.</summary>
public sealed class BackendSettingsException : Exception
{
    /// <summary>Makes the exception from at least one fault.</summary>
    public BackendSettingsException(IReadOnlyList<SettingsFault> faults)
        : base(string.Join("; ", faults.Select(fault => $"{fault.Field}: {fault.Message}"))) => Faults = faults;

    /// <summary>Every fault found.</summary>
    public IReadOnlyList<SettingsFault> Faults { get; }
}
