const r=(l,t)=>console.log(l.padEnd(50),(process.memoryUsage.rss()/1048576).toFixed(0),'MiB peak',(process.resourceUsage().maxRSS/1024).toFixed(0), (performance.now()-t).toFixed(0)+'ms', (process.cpuUsage().user/1000).toFixed(0)+'cpu');
r('start',performance.now());
for (const m of process.argv.slice(2)) { const t=performance.now(); await import(m.startsWith('/')?m:import.meta.resolve(m)); r(m,t);} 
