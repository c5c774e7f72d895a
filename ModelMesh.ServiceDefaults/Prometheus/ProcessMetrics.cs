using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ModelMesh.ServiceDefaults.Prometheus;

/// <summary>What this process takes of the machine, under the names that every Prometheus client has for it. Meter <c>ModelMesh.Process</c>.</summary>
internal sealed class ProcessMetrics : IInstruments, IDisposable
{
    private readonly Process _process = Process.GetCurrentProcess();

    public ProcessMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("ModelMesh.Process");
        var startedAt = (_process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
        meter.CreateObservableGauge("process.start_time", () => startedAt, "s", "When the process started, since 1970");
        meter.CreateObservableCounter("process.cpu", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time that the process took, in user and kernel mode");
        meter.CreateObservableGauge("process.resident_memory", () => Environment.WorkingSet, "By", "Memory of the machine that the process has");
        meter.CreateObservableGauge("process.virtual_memory", () => Refreshed().VirtualMemorySize64, "By", "Addresses that the process has set apart");
        meter.CreateObservableGauge("process.threads", () => Refreshed().Threads.Count, "{thread}", "Threads of the operating system that the process has");
        if (OperatingSystem.IsLinux())
        {
            meter.CreateObservableGauge("process.open_fds", ProcessFiles.Open, "{file}", "Files and sockets that the process has open");
            meter.CreateObservableGauge("process.max_fds", ProcessFiles.Most, "{file}", "Files and sockets that it may have open");
        }
    }

    public void Dispose() => _process.Dispose();

    private Process Refreshed()
    {
        _process.Refresh();
        return _process;
    }
}
