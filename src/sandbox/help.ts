export const HELP = `npm run sandbox -- [flags]

  --run "/project create rrr"  type it, print the thread, end when the launch has ended; repeatable
  --stay                       after --run, go on until Ctrl-C
  --scenario NAME              from the start; repeatable; "list" names them
  --speed N                    the simulated world runs N times faster (4; with --run 10)
  --seed TEXT                  decides every id and duration
  --kubeconfig FILE            a real cluster in place of the simulated one
  --address A                  where the cluster reaches the sandbox's git and registry (127.0.0.1)
  --domain D                   hosts are NAME.D
  --image-layer TAR            what simulated builds push as the application's image
  --image-entrypoint CMD       and what it runs
  --build CMD                  really build: run as CMD <context> <image>
  --port N                     Slack and console at N, GitHub N+1, registry N+2, cluster N+3, bot N+4, routes N+5 (7300)
  --kubeconfig-out FILE        where the simulated cluster's kubeconfig is written
  --only slack,github,…        these parts without the bot; prints the environment that a bot would need
  --keep DIR                   leave repositories, images and logs there, to look at afterwards`;
