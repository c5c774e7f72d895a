namespace ModelMesh.Bench.Compare.Results;

/// <summary>Where the figures were taken. Nothing here names the machine itself.</summary>
/// <param name="Processor">Its model as the kernel names it.</param>
/// <param name="Processors">How many of it this process may use.</param>
internal sealed record MachineFacts(string Processor, int Processors, double MemoryGiB, string System, string Runtime);
